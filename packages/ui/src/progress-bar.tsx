import { classes } from './classes.ts'

export type ProgressBarProps = {
  label: string
  /** 0 to 1; undefined while the end is not known. */
  value: number | undefined
  tone?: 'accent' | 'success' | 'danger'
  /** What stands beside it in words: "4,210 of 36,682 · 2 min left". */
  detail?: string
  labelHidden?: boolean
  className?: string
}

const fills = {
  accent: 'bg-accent',
  success: 'bg-success',
  danger: 'bg-danger',
} satisfies Record<NonNullable<ProgressBarProps['tone']>, string>

/** How far a job has come. */
export function ProgressBar({
  label,
  value,
  tone = 'accent',
  detail,
  labelHidden,
  className,
}: ProgressBarProps) {
  const percent = value === undefined ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100)
  return (
    <div className={classes('flex flex-col gap-1.5', className)}>
      <div className={labelHidden && !detail ? 'sr-only' : 'flex justify-between gap-3 text-sm'}>
        <span className={labelHidden ? 'sr-only' : 'truncate font-medium text-strong'}>{label}</span>
        {detail && <span className="shrink-0 text-muted tabular-nums">{detail}</span>}
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={detail}
        className="relative h-1.5 overflow-hidden rounded-full bg-surface-3"
      >
        <span
          className={classes(
            'absolute inset-y-0 start-0 rounded-full transition-[width]',
            fills[tone],
            percent === undefined &&
              'w-2/5 animate-sweep motion-reduce:w-full motion-reduce:animate-none motion-reduce:opacity-50',
          )}
          style={percent === undefined ? undefined : { width: `${percent}%` }}
        />
      </div>
    </div>
  )
}
