import { chownSync, mkdtempSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { freePort, spawnChild, unprivilegedAccount } from '@parley/devstack'
import type { Server } from '../stage.ts'
import { configurationOf } from './configuration.ts'
import { findEjabberd } from './find-ejabberd.ts'
import { prepareDatabase } from './prepare-database.ts'

const READY_MS = 60_000
/** A processor that spins while it waits for work is lost to everybody else here, and counted as ejabberd's. */
const NO_BUSY_WAIT = ['+sbwt', 'none', '+sbwtdcpu', 'none', '+sbwtdio', 'none']

/**
 * An ejabberd of the bench's own, with nothing in its memory: on loopback, without Erlang's distribution, so that no epmd
 * is started, as an account that may do nothing.
 * @param home where it may make a folder of its own
 * @param url Parley's database: its own is made beside it
 * @param archive whether messages are kept
 */
export async function startEjabberd(given: { home: string; url: string; archive: boolean }): Promise<Server> {
  const { erl, libraries, schema } = findEjabberd()
  const database = await prepareDatabase(given.url, schema)
  const port = await freePort()
  const dir = mkdtempSync(path.join(given.home, 'ejabberd-'))
  const { ids } = unprivilegedAccount()
  if (ids) chownSync(dir, ids.uid, ids.gid)
  const configuration = path.join(dir, 'ejabberd.yml')
  writeFileSync(configuration, configurationOf({ port, database, archive: given.archive }))
  const child = spawnChild({
    name: 'ejabberd',
    command: erl,
    args: [
      ...[...NO_BUSY_WAIT, '-noinput', '-mnesia', 'dir', JSON.stringify(path.join(dir, 'mnesia'))],
      ...['-s', 'ejabberd', '-eval', 'io:format("ready~n").'],
    ],
    env: {
      ...{ PATH: process.env.PATH, HOME: dir, ERL_LIBS: libraries },
      ...{ EJABBERD_CONFIG_PATH: configuration, EJABBERD_LOG_PATH: path.join(dir, 'ejabberd.log') },
      ERL_CRASH_DUMP: path.join(dir, 'crash.dump'),
    },
    cwd: dir,
    ids,
    stopWith: [['SIGTERM', 20_000]],
  })
  try {
    await child.line(/^ready$/, READY_MS)
  } catch (error) {
    await child.stop()
    throw error
  }
  return {
    url: `ws://127.0.0.1:${port}/ws`,
    pid: child.pid,
    collectGarbage: () => collectGarbage(port),
    stop: child.stop,
    async kill() {
      process.kill(child.pid, 'SIGKILL')
      await child.ended
    },
  }
}

async function collectGarbage(port: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/gc`, { method: 'POST', body: '{}' })
  if (!answer.ok) throw new Error(`ejabberd collected no garbage: ${answer.status} ${await answer.text()}`)
}
