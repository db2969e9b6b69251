'use client'
import type { Id } from '@parley/protocol'
import { Avatar, type AvatarProps } from '@parley/ui'
import { unnamed, usePerson } from './people-store.ts'

/** A name that appears when it is known. */
export function PersonName({ id, className }: { id: Id; className?: string }) {
  return <span className={className}>{usePerson(id)?.name ?? unnamed}</span>
}

/** A person's face beside their name. */
export function PersonAvatar({ id, ...rest }: { id: Id } & Omit<AvatarProps, 'id' | 'name' | 'decorative'>) {
  return <Avatar id={id} name={usePerson(id)?.name ?? ''} decorative {...rest} />
}
