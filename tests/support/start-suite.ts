import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'

const root = path.join(import.meta.dirname, '../..')

/** Starts everything as `npm start` does, on the ports and the folder that playwright.config.ts chose. */
export default async function startSuite(): Promise<() => Promise<void>> {
  const home = process.env.PARLEY_HOME ?? ''
  const child = spawn(process.execPath, [path.join(root, 'scripts/start.mjs')], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line) console.log(`  ${line}`)
      if (line.startsWith('Parley is ready')) resolve()
    })
  })
  const first = await Promise.race([ready, ended])
  if (typeof first === 'number') throw new Error('The suite did not start; the reason stands above.')

  return async () => {
    child.kill('SIGTERM')
    const code = await ended
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
    if (code !== 0) throw new Error(`The suite did not stop cleanly: exit code ${code}.`)
  }
}
