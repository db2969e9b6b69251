/** The short names that other systems send most; the picker's whole table is fetched only when it is opened. */
const common: Record<string, string> = {
  '+1': '👍',
  '-1': '👎',
  thumbsup: '👍',
  thumbsdown: '👎',
  smile: '😄',
  smiley: '😃',
  grinning: '😀',
  grin: '😁',
  laughing: '😆',
  joy: '😂',
  rofl: '🤣',
  slightly_smiling_face: '🙂',
  simple_smile: '🙂',
  upside_down_face: '🙃',
  wink: '😉',
  blush: '😊',
  heart_eyes: '😍',
  thinking_face: '🤔',
  sunglasses: '😎',
  cry: '😢',
  sob: '😭',
  scream: '😱',
  confused: '😕',
  disappointed: '😞',
  slightly_frowning_face: '🙁',
  stuck_out_tongue: '😛',
  stuck_out_tongue_winking_eye: '😜',
  sweat_smile: '😅',
  heart: '❤️',
  clap: '👏',
  raised_hands: '🙌',
  pray: '🙏',
  wave: '👋',
  muscle: '💪',
  ok_hand: '👌',
  eyes: '👀',
  shrug: '🤷',
  face_palm: '🤦',
  point_up: '☝️',
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  x: '❌',
  warning: '⚠️',
  fire: '🔥',
  tada: '🎉',
  rocket: '🚀',
  '100': '💯',
  star: '⭐',
  bulb: '💡',
  bug: '🐛',
  snake: '🐍',
  coffee: '☕',
  beers: '🍻',
  beer: '🍺',
  pizza: '🍕',
  taco: '🌮',
  zap: '⚡',
  sparkles: '✨',
  boom: '💥',
  heavy_plus_sign: '➕',
  question: '❓',
  exclamation: '❗',
  robot_face: '🤖',
  exploding_head: '🤯',
  hugging_face: '🤗',
  smirk: '😏',
  neutral_face: '😐',
  open_mouth: '😮',
  skull: '💀',
  partying_face: '🥳',
}

/** `:tada:` as its emoji, where it is a known one. */
export const replaceShortNames = (text: string): string =>
  text.includes(':') ? text.replace(/:([\w+-]{1,40}):/g, (all, name: string) => symbolOf(name) ?? all) : text

const symbolOf = (name: string): string | undefined =>
  Object.hasOwn(common, name) ? common[name] : undefined

/** `tada`, `:tada:` and, as Slack writes the colour of a skin, `wave::skin-tone-3`; imported ones are of any script. */
const SHORT_NAME = /^:?([\p{L}\p{Mn}\p{Mc}\p{N}_+-]+)(?:::skin-tone-([2-6]))?:?$/u
/** U+1F3FB, the lightest, is Slack's second. */
const SKIN_TONES = 0x1f3fb - 2

/** An emoji stays one, a short name becomes one if we know it; null for a name that we do not know. */
export function symbolFor(emoji: string): string | null {
  const [, name, tone] = SHORT_NAME.exec(emoji) ?? []
  if (name === undefined) return emoji
  const symbol = symbolOf(name) ?? null
  // a sign that is coloured needs nothing to say that it is an emoji
  return symbol && tone
    ? symbol.replace('\uFE0F', '') + String.fromCodePoint(SKIN_TONES + Number(tone))
    : symbol
}

/** The same in words: an unknown name is shown as one. */
export const shownEmoji = (emoji: string): string => symbolFor(emoji) ?? `:${emoji.replace(/^:|:$/g, '')}:`
