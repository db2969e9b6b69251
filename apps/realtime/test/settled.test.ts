import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Backlog } from '../src/gateway/backlog.ts'
import { Connection } from '../src/gateway/connection.ts'
import type { Wire } from '../src/gateway/wire.ts'

test('what alice asked is waited for, with what she asks meanwhile, and what she asks later is waited for anew', async () => {
  const wire = { isPaused: false, pause() {}, resume() {} } as unknown as Wire
  const connection = new Connection(wire, '', 0, new Backlog(() => 0), { inside: 0 })
  const settled: string[] = []
  const waitsFor = async (what: string) => {
    await connection.settled()
    settled.push(what)
  }
  await waitsFor('nothing')

  connection.begun(1)
  const first = waitsFor('the first')
  connection.begun(16)
  connection.finished(1)
  await turn()
  expect(settled).toEqual(['nothing'])
  connection.finished(16)
  await first

  connection.begun(1)
  const second = waitsFor('the second')
  await turn()
  expect(settled).toEqual(['nothing', 'the first'])
  connection.finished(1)
  await second
  expect(settled).toEqual(['nothing', 'the first', 'the second'])
})
