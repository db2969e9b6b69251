/** Of four of these a sample password is made: short words that are hard to mistake for one another. */
export const WORDS = `
acorn amber anchor apple arrow autumn badger balcony bamboo barley basket beacon birch biscuit blanket blossom
bottle branch bridge bronze bucket butter button cabin candle canyon carpet castle cedar cellar chalk cherry
chimney cinder citrus clover cobalt coffee comet copper coral cotton cradle crane cricket crystal daisy dawn
delta desert diamond dolphin dune eagle ember fabric falcon feather fennel fern fiddle flannel forest fossil
fountain garden garnet ginger glacier granite grove hammer harbour harvest hazel heather hedge heron hollow
honey island ivory jacket jasmine jetty juniper kettle ladder lagoon lantern laurel lemon lichen lilac linen
magnet mango maple marble meadow mirror mitten moss mustard napkin nectar nettle north nutmeg oasis olive onion
orchard otter oyster paddle pantry paper pebble pepper pigeon pillow pine plum pocket poplar prairie prism pumpkin
quarry quartz quilt rabbit raven reed ribbon river rocket saffron salmon sandal sapphire saucer sparrow spruce
stable starling summer sunset swallow tangerine teapot thistle thunder timber trumpet tulip turnip umbrella valley
velvet violet walnut water willow window winter
`
  .trim()
  .split(/\s+/)
