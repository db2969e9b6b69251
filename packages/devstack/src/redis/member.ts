import type { Child } from '../child.ts'

/** One server of several that stand in for each other: tests end it and bring it back. */
export type Member = {
  port: number
  /** Of the process that runs now, or ran last. */
  pid(): number
  /** SIGKILL, as when its machine is gone. Resolves when the process is. */
  kill(): Promise<void>
  /** On the same port, with what it has written to its folder. */
  start(): Promise<void>
  stop(): Promise<void>
}

export async function openMember(port: number, start: () => Promise<Child>): Promise<Member> {
  let child = await start()
  return {
    port,
    pid: () => child.pid,
    async kill() {
      process.kill(child.pid, 'SIGKILL')
      await child.ended
    },
    async start() {
      child = await start()
    },
    stop: () => child.stop(),
  }
}

/** All of them, or none: whoever has started is stopped when another fails. */
export async function openMembers(members: Promise<Member>[]): Promise<Member[]> {
  const settled = await Promise.allSettled(members)
  const failed = settled.find((one) => one.status === 'rejected')
  if (!failed) return Promise.all(members)
  await stopMembers(settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])))
  throw failed.reason
}

export const stopMembers = async (members: Member[]): Promise<void> => {
  await Promise.all(members.map((member) => member.stop()))
}
