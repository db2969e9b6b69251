import { classes } from './classes.ts'

/** The shape of what is coming, of the same size. Appears after 150 ms, so that fast answers never flash. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span aria-hidden="true" className={classes('block animate-late', className)}>
      <span className="block size-full animate-breathe rounded-sm bg-surface-3/80" />
    </span>
  )
}
