import { spawn } from 'node:child_process'
import path from 'node:path'

const root = path.join(import.meta.dirname, '../..')

/** Runs a program of node_modules from the root, showing what it writes. @returns whether it succeeded */
export function run(name: string, args: string[], env: Record<string, string> = {}): Promise<boolean> {
  const command = name === 'node' ? process.execPath : path.join(root, 'node_modules/.bin', name)
  const child = spawn(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', NEXT_TELEMETRY_DISABLED: '1', ...env },
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code === 0))
  })
}
