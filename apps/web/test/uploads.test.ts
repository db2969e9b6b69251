import type { FileCard } from '@parley/protocol'
import { beforeEach, describe, expect, it } from 'vitest'
import { pastedFiles } from '../features/files/pasted-files.ts'
import { type Begun, createUploads, type Transport, type Uploads } from '../features/files/uploads.ts'

type Put = { name: string; progress(done: number): void; arrive(): void; fail(says: string): void }

let puts: Put[]
let begun: number
let completed: string[]
let discarded: string[]
let time: number
let uploads: Uploads

const card = (id: string): FileCard => ({
  ...{ id, name: 'x', type: 'text/plain', size: 1, width: null, height: null, blur: null, thumbnail: false },
})
const transport: Transport = {
  async begin(): Promise<Begun> {
    return { file: String(++begun), upload: { url: '', headers: {} }, expires: time + 1_000 }
  },
  put(_, content, progress, signal) {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    puts.push({
      name: content.name,
      progress,
      arrive: () => resolve(),
      fail: (says) => reject(new Error(says)),
    })
    signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
    return promise
  },
  async complete(file) {
    completed.push(file)
    return card(file)
  },
  async discard(file) {
    discarded.push(file)
  },
}
const file = (name: string) => new File(['x'], name)
const states = (key = 'a') => uploads.list(key).map(({ state }) => state.at)
const settled = () => new Promise((resolve) => setTimeout(resolve))

beforeEach(() => {
  puts = []
  begun = 0
  completed = []
  discarded = []
  time = 0
  uploads = createUploads(transport, () => time)
})

describe('files that alice attaches', () => {
  it('go out three at a time, with how far they are, and are ready when the server has looked at them', async () => {
    uploads.add('a', '1', ['1', '2', '3', '4'].map(file))
    await settled()
    expect(states()).toEqual(['sending', 'sending', 'sending', 'waiting'])
    puts[0]!.progress(0.5)
    expect(uploads.list('a')[0]!.state).toEqual({ at: 'sending', done: 0.5 })
    puts[0]!.arrive()
    await settled()
    expect(states()).toEqual(['ready', 'sending', 'sending', 'sending'])
    expect(uploads.list('a')[0]!.state).toMatchObject({ card: { id: completed[0] } })
  })

  it('stop when she cancels them, and what the server knows of them is taken back', async () => {
    uploads.add('a', '1', [file('wrong')])
    await settled()
    uploads.remove('a', uploads.list('a')[0]!.id)
    await settled()
    expect(states()).toEqual([])
    expect(discarded).toEqual(['1'])
    uploads.add('a', '1', [file('ready')])
    await settled()
    puts[1]!.arrive()
    await settled()
    uploads.remove('a', uploads.list('a')[0]!.id)
    expect(discarded).toEqual(['1', '2'])
  })

  it('say why they failed, and go to the same place again while that is open, else to a new one', async () => {
    uploads.add('a', '1', [file('far')])
    await settled()
    puts[0]!.fail('The store of files cannot be reached.')
    await settled()
    const { id, state } = uploads.list('a')[0]!
    expect(state).toEqual({ at: 'failed', says: 'The store of files cannot be reached.' })
    uploads.retry('a', id)
    await settled()
    expect([puts.length, begun]).toEqual([2, 1])
    puts[1]!.fail('Again.')
    await settled()
    time = 2_000
    uploads.retry('a', id)
    await settled()
    expect([puts.length, begun]).toEqual([3, 2])
  })

  it('are at most ten, in each composer by itself', async () => {
    const many = Array.from({ length: 12 }, (_, i) => file(String(i)))
    expect(uploads.add('a', '1', many)).toBe(2)
    expect(uploads.add('a', '1', [file('more')])).toBe(1)
    expect(uploads.add('b', '1', [file('other')])).toBe(0)
    expect([states('a').length, states('b').length]).toEqual([10, 1])
  })

  it('leave the composer once they are sent', async () => {
    uploads.add('a', '1', [file('sent')])
    await settled()
    puts[0]!.arrive()
    await settled()
    uploads.clear('a')
    expect(states()).toEqual([])
    expect(discarded).toEqual([])
  })

  it('tell whoever watches, and look the same until something changes', async () => {
    let told = 0
    uploads.subscribe(() => told++)
    uploads.add('a', '1', [file('x')])
    await settled()
    expect(told).toBeGreaterThan(0)
    expect(uploads.list('a')).toBe(uploads.list('a'))
    expect(uploads.list('none')).toBe(uploads.list('none'))
  })
})

it('a picture is pasted as a file, cells of a table as their text', () => {
  const files = [file('image.png')] as unknown as FileList
  expect(pastedFiles({ files, types: ['Files'] })).toHaveLength(1)
  expect(pastedFiles({ files, types: ['text/plain', 'text/html', 'Files'] })).toEqual([])
})
