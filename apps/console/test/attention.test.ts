import { SERVICES } from '@parley/domain/ports'
import { expect, test } from 'vitest'
import { concernsOf } from '../features/overview/attention.ts'

const node = {
  ...{
    node: 'realtime-1',
    at: 0,
    address: null,
    region: 'default',
    state: 'ready' as const,
    connections: 12,
  },
  ...{ deliveryP50: 3, deliveryP99: 9, eventLoopP99: 4 },
}
const idle = { waiting: 0, active: 0, delayed: 0, failed: 0 }
const keys = (
  figures: Omit<Parameters<typeof concernsOf>[0], 'workers'>,
  workers: Parameters<typeof concernsOf>[0]['workers'] = [],
) => concernsOf({ ...figures, workers }).map((concern) => concern.key)

test('an installation that is well is left alone', () => {
  expect(keys({ nodes: [node], queue: { notify: idle } })).toEqual([])
})

test('that nobody can say is not the same as that nobody is there', () => {
  expect(keys({ nodes: null, queue: {} })).toEqual(['nodes'])
  expect(keys({ nodes: [], queue: {} })).toEqual(['no-nodes'])
  expect(keys({ nodes: [node], queue: null })).toEqual(['queue'])
})

test('a node that delivers late or has too much to do is named', () => {
  expect(
    keys({ nodes: [node, { ...node, node: 'realtime-2', deliveryP99: 900, eventLoopP99: 300 }], queue: {} }),
  ).toEqual(['late-realtime-2', 'loop-realtime-2'])
})

test('a node that is full or failing is named once', () => {
  const nodes = [
    { ...node, state: 'full', eventLoopP99: 300 },
    { ...node, state: 'failing' },
    { ...node, state: 'draining' },
  ] as const
  expect(keys({ nodes: [...nodes], queue: {} })).toEqual(['full-realtime-1', 'failing-realtime-1'])
})

test('jobs that failed, and jobs that pile up, are told apart', () => {
  const queue = {
    notify: { ...idle, failed: 1 },
    index: { ...idle, waiting: 5_000 },
    mail: { ...idle, waiting: 20 },
  }
  expect(keys({ nodes: [node], queue })).toEqual(['failed-notify', 'waiting-index'])
})

test('a service outside that is away is named once, however many workers say so, and not when it is back', () => {
  const worker = (mail: 'closed' | 'open' | 'half open') => ({
    node: 'worker',
    at: 0,
    circuits: { mail: { state: mail, since: 0 }, push: { state: 'closed' as const, since: 0 } },
  })
  const well = { nodes: [node], queue: {} }
  expect(keys(well, [worker('open'), worker('half open'), worker('closed')])).toEqual(['away-mail'])
  expect(keys(well, [worker('closed')])).toEqual([])
  for (const service of SERVICES)
    expect(
      keys(well, [{ node: 'worker', at: 0, circuits: { [service]: { state: 'open', since: 0 } } }]),
    ).toEqual([`away-${service}`])
  expect(keys(well, null)).toEqual([])
})
