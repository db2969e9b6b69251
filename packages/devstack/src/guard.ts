import { type ChildProcess, spawn } from 'node:child_process'
import { atEnd } from './leave-nothing.ts'

/** What an orphan is left to end in good order. */
const ORPHAN_SECONDS = 20

/** What stands still hears the signal when it goes on. Nobody waits longer than it takes to end. */
const END_GROUP = `kill -s "$1" -- "-$0"; kill -s CONT -- "-$0"
  for second in $(seq ${ORPHAN_SECONDS}); do kill -s 0 -- "-$0" || exit; sleep 1; done
  kill -s KILL -- "-$0"`
/** Once more when nobody is left to have written into it meanwhile. */
const REMOVE_FOLDER = `rm -rf -- "$0"; sleep ${ORPHAN_SECONDS + 5}; rm -rf -- "$0"`

/** `inOrder`: asks it to end when nobody is left to wait for it. `atOnce`: ends it and all children of its own. */
export type EndedBy = { inOrder: NodeJS.Signals; atOnce: NodeJS.Signals }

/**
 * Ends a child, which has a process group of its own, with this process: at once where that leaves nothing, in good order
 * by a guard where it was killed outright. @returns what is called when the child has ended
 */
export function guardChild(child: ChildProcess, { inOrder, atOnce }: EndedBy): () => void {
  const { pid } = child
  if (!pid) return () => {}
  const release = guard(END_GROUP, [String(pid), inOrder.slice(3)])
  const forget = atEnd(() => {
    signalGroup(pid, atOnce)
    release()
  })
  return () => {
    forget()
    release()
  }
}

/** Ends a child that ends by itself when it cannot reach us any more: it need not find out first. */
export function endWithUs(child: ChildProcess): void {
  child.once(
    'exit',
    atEnd(() => child.kill('SIGKILL')),
  )
}

/** Removes a folder should this process be killed outright. @returns what calls that off */
export const guardFolder = (folder: string): (() => void) => guard(REMOVE_FOLDER, [folder])

export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal)
    if (signal !== 'SIGKILL') process.kill(-pid, 'SIGCONT')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Holds one end of a pipe whose other end is ours: if we die, however, the shell reads the end of it and acts. */
function guard(act: string, args: string[]): () => void {
  const shell = spawn('/bin/sh', ['-c', `read -r word; [ "$word" = done ] && exit\n${act}`, ...args], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  shell.unref()
  const { stdin } = shell
  stdin.on('error', ignoreBrokenPipe)
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref()
  return () => {
    stdin.end('done\n')
  }
}

export function ignoreBrokenPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') throw error
}
