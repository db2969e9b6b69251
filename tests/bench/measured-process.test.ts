import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '@parley/devstack'
import { expect, onTestFinished, test, vi } from 'vitest'
import { collectGarbage } from '../../scripts/bench/collect-garbage.ts'
import { startMeasured } from '../../scripts/bench/measured-process.ts'

test('what a measured process says of its troubles comes through, and what Node says of the inspector does not', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'parley-measured-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = path.join(folder, 'measured.mjs')
  writeFileSync(
    file,
    `console.error('before')
    process.on('SIGTERM', () => {
      process.stderr.write('The Debugger attached. was not ours\\nlast words\\n')
      process.exit(0)
    })
    setInterval(() => {}, 1_000)
    process.send('ready')`,
  )
  const said: string[] = []
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.push(String(text))
    return true
  })
  onTestFinished(() => write.mockRestore())
  const inspectorPort = await freePort()
  const measured = await startMeasured(file, {
    env: process.env,
    inspectorPort,
    ready: async (child) => void (await once(child, 'message')),
  })
  for (let times = 0; times < 2; times++) await collectGarbage(inspectorPort)
  await measured.end('SIGTERM')
  expect(said.join('')).toBe('before\nThe Debugger attached. was not ours\nlast words\n')
})
