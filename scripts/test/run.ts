import { spawn } from 'node:child_process'
import path from 'node:path'
import { whenAskedToEnd } from '../when-asked-to-end.ts'

const root = path.join(import.meta.dirname, '../..')

/**
 * Runs a program of node_modules from the root, showing what it writes. Whoever ends us meanwhile ends it, and we end when
 * it has; asked twice, we do not wait. @returns whether it succeeded
 */
export function run(name: string, args: string[], env: Record<string, string> = {}): Promise<boolean> {
  const command = name === 'node' ? process.execPath : path.join(root, 'node_modules/.bin', name)
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1', ...env },
  })
  let asked = false
  return new Promise((resolve, reject) => {
    const listenNoMore = whenAskedToEnd((code) => {
      if (asked) process.exit(code)
      asked = true
      child.once('close', () => process.exit(code))
      child.kill('SIGTERM')
    })
    child.once('error', reject)
    child.once('close', (code) => {
      if (asked) return
      listenNoMore()
      resolve(code === 0)
    })
  })
}
