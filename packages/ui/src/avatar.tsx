'use client'
import { type CSSProperties, useState } from 'react'
import { hueOf, initialsOf } from './avatar-identity.ts'
import { classes } from './classes.ts'
import { type Presence, PresenceDot } from './presence-dot.tsx'

export type AvatarProps = {
  /** The person's id: decides the hue, so that a change of name keeps it. */
  id: string
  name: string
  image?: string
  presence?: Presence
  size?: 20 | 24 | 28 | 36 | 48 | 72
  /** The name stands beside it, so that a screen reader need not hear it twice. */
  decorative?: boolean
  className?: string
}

const sizes = {
  20: 'size-5 text-[10px]',
  24: 'size-6 text-[10px]',
  28: 'size-7 text-xs',
  36: 'size-9 text-sm',
  48: 'size-12 text-lg',
  72: 'size-18 text-2xl',
} satisfies Record<NonNullable<AvatarProps['size']>, string>

/** A face, or initials in the person's own colour until one arrives. */
export function Avatar({ id, name, image, presence, size = 36, decorative = false, className }: AvatarProps) {
  const [broken, setBroken] = useState<string>()
  return (
    <span className={classes('relative inline-block shrink-0', sizes[size], className)}>
      <span
        {...(decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': name })}
        style={{ '--hue': hueOf(id) } as CSSProperties}
        className={classes(
          'tint-by-hue grid size-full select-none place-items-center overflow-hidden font-semibold leading-none',
          size === 72 ? 'rounded-lg' : 'rounded-sm',
        )}
      >
        {image && image !== broken ? (
          <img
            src={image}
            alt=""
            width={size}
            height={size}
            loading="lazy"
            decoding="async"
            onError={() => setBroken(image)}
            className="size-full object-cover"
          />
        ) : (
          initialsOf(name, size === 20 || (size === 24 && presence) ? 1 : 2)
        )}
      </span>
      {presence && (
        <span
          className={classes(
            'absolute grid place-items-center rounded-full bg-(--behind,var(--color-surface-0))',
            // beside the one letter, and not over it
            size === 20 ? '-end-1 -bottom-1 p-px' : '-end-0.5 -bottom-0.5 p-0.5',
          )}
        >
          <PresenceDot presence={presence} className={size >= 48 ? 'size-3' : undefined} />
        </span>
      )}
    </span>
  )
}
