'use client'
import type { Id } from '@parley/protocol'
import { Avatar, type AvatarProps } from '@parley/ui'
import { usePresence } from '../session/use-sync.ts'
import { unnamed, usePerson } from './people-store.ts'

/** A name that appears when it is known. */
export function PersonName({ id, className }: { id: Id; className?: string }) {
  return <span className={className}>{usePerson(id)?.name ?? unnamed}</span>
}

/** A person's face beside their name. */
export function PersonAvatar({ id, ...rest }: { id: Id } & Omit<AvatarProps, 'id' | 'name' | 'decorative'>) {
  return <Avatar id={id} name={usePerson(id)?.name ?? ''} decorative {...rest} />
}

/** A face with how that person is: who is drawn so is looked at. */
export function PresentAvatar({ id, size }: { id: Id } & Pick<AvatarProps, 'size'>) {
  return <PersonAvatar id={id} size={size} presence={usePresence(id)?.state} />
}
