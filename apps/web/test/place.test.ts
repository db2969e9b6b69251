import { expect, it } from 'vitest'
import { pathTo, pathToMessage, pathToThread, placeOf } from '../features/shell/place.ts'

it('reads the addresses that it writes', () => {
  expect(placeOf('/')).toEqual({ at: 'start' })
  expect(placeOf(pathTo('12'))).toEqual({ at: 'conversation', conversation: '12' })
  expect(placeOf(pathToMessage('12', 7))).toEqual({ at: 'conversation', conversation: '12', ordinal: 7 })
  expect(placeOf(pathToThread('12', '99'))).toEqual({ at: 'conversation', conversation: '12', root: '99' })
  expect(placeOf(pathToThread('12', '99', 3))).toEqual({
    ...{ at: 'conversation', conversation: '12', root: '99', reply: 3 },
  })
})

it('takes no other address for one', () => {
  for (const path of ['/c', '/c/x', '/c/1/m/x', '/c/1/t', '/c/1/2', '/c/12345678901234567890123'])
    expect(placeOf(path), path).toEqual({ at: 'nowhere' })
})
