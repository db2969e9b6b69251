import { classes } from './classes.ts'

/** The mark: a P that is a speech bubble, and the other voice beside it. Decorative unless labelled. */
export function Logo({ className, label }: { className?: string; label?: string }) {
  return (
    <svg
      viewBox="0 0 32 32"
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
      className={classes('size-8 shrink-0', className)}
    >
      <rect width="32" height="32" rx="8" fill="#0b6272" />
      <path
        fill="#fff"
        fillRule="evenodd"
        d="M8 25.4V14a8 8 0 1 1 8 8h-1.2a3 3 0 0 0-2.1.9l-3 3.1Q8 27.76 8 25.4ZM16 17.9a3.9 3.9 0 1 0-3.9-3.9v3.9Z"
      />
      <circle cx="23.4" cy="24.4" r="2.6" fill="#7fdbe6" />
    </svg>
  )
}
