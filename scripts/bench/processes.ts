import { readdirSync, readFileSync } from 'node:fs'

/** What the operating system accounts for, by process id. Linux only: from /proc (proc(5)). */

/** Clock ticks a second: 100 on every Linux that Node runs on. */
const TICK_US = 10_000

/** The fields of proc(5) `stat` from the third on: the second may hold anything in brackets. */
function statOf(pid: number): string[] {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** Microseconds of processor time, in user space and kernel, of the process and of its children, those that ended too. */
export function cpuOf(pid: number): number {
  let ticks = 0
  for (const one of [pid, ...childrenOf(pid)]) {
    try {
      const [user, system, userOfEnded, systemOfEnded] = statOf(one).slice(11, 15)
      ticks += Number(user) + Number(system) + Number(userOfEnded) + Number(systemOfEnded)
    } catch {
      // It has ended meanwhile.
    }
  }
  return ticks * TICK_US
}

/** Bytes resident in memory. */
export function residentOf(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kilobytes) * 1_024
}

/**
 * What this process, and every one that it starts, may hold open; Node has raised it as far as it is allowed to.
 * @throws Error that says what to do when it is less than `needed`
 */
export function requireDescriptors(needed: number): void {
  const [, most] = /Max open files\s+(\d+|unlimited)/.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
  if (most === 'unlimited' || Number(most) >= needed) return
  throw new Error(
    `This needs ${needed} open files to a process, and ${most} are allowed: ulimit -n ${needed}.`,
  )
}

export function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((one) => {
      try {
        return Number(statOf(one)[1]) === pid
      } catch {
        return false
      }
    })
}
