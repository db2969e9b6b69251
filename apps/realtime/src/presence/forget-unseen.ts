import type { Room } from './room.ts'

/** Whom nobody has looked at for a while is followed no longer. */
export async function forgetUnseen({ looking, followed }: Room): Promise<void> {
  const gone = looking.tidy()
  if (gone.length > 0) await followed.unfollow(gone)
}
