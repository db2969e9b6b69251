import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockFolder, waitForLock } from '../../../scripts/start/lock.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'parley-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('the second to come hears who holds the folder', async () => {
  const lock = await lockFolder(folder, 'running', 'alice’s suite')
  expect(await lockFolder(folder, 'running', 'bob’s suite')).toEqual({ heldBy: 'alice’s suite' })
  if ('release' in lock) lock.release()
  expect(await lockFolder(folder, 'running', 'bob’s suite')).toHaveProperty('release')
})

test('a holder that was killed holds nothing', async () => {
  const module = path.join(import.meta.dirname, '../../../scripts/start/lock.ts')
  const program = `const { lockFolder } = await import(${JSON.stringify(module)})
    await lockFolder(${JSON.stringify(folder)}, 'running', 'killed'); console.log('held'); setInterval(() => {}, 1000)`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(holder.stdout, 'data')
  expect(await lockFolder(folder, 'running', '')).toEqual({ heldBy: 'killed' })
  holder.kill('SIGKILL')
  await once(holder, 'exit')
  expect(await lockFolder(folder, 'running', '')).toHaveProperty('release')
})

test('a folder with a very long name can be held too', async () => {
  const deep = path.join(folder, 'x'.repeat(120))
  expect(await lockFolder(deep, 'running', 'deep')).toHaveProperty('release')
  expect(await lockFolder(deep, 'running', '')).toEqual({ heldBy: 'deep' })
})

test('who waits gets the lock when it is released, and can give up waiting', async () => {
  const lock = await waitForLock(folder, 'build', AbortSignal.timeout(5_000))
  await expect(waitForLock(folder, 'build', AbortSignal.timeout(300))).rejects.toThrow(/aborted/)
  const waiting = waitForLock(folder, 'build', AbortSignal.timeout(5_000))
  lock.release()
  expect(await waiting).toHaveProperty('release')
})
