import { spawnSync } from 'node:child_process'
import path from 'node:path'

/**
 * `npm run generate`: makes the database client where the schema has changed since; turbo knows. Commands that import the
 * client take this with `--import`, before they are read, as a fresh checkout has none. It is silent when all is well:
 * standard output is theirs.
 */
const root = path.dirname(import.meta.dirname)
const parent = process.ppid
const { status, error, stdout, stderr } = spawnSync(
  path.join(root, 'node_modules/.bin/turbo'),
  ['run', 'generate', '--ui=stream', '--output-logs=errors-only', '--no-color'],
  {
    cwd: root,
    encoding: 'utf8',
    env: {
      ...process.env,
      // whatever generates runs on this Node
      PATH: `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}`,
      TURBO_TELEMETRY_DISABLED: '1',
      DO_NOT_TRACK: '1',
    },
  },
)
if (status !== 0) {
  process.stderr.write(
    `${stdout}${stderr}${error?.message ?? ''}\nThe database client could not be generated.\n`,
  )
  process.exit(1)
}
// npm was ended meanwhile: whoever comes after would never hear of it (when-asked-to-end.ts)
if (process.env.npm_lifecycle_event && process.ppid !== parent) process.exit(143)
