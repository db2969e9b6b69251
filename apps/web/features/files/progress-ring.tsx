/** How much is done, 0 to 1, as a ring; it turns while that is not known. */
export function ProgressRing({ done, label }: { done: number | null; label: string }) {
  const radius = 9
  const length = 2 * Math.PI * radius
  return (
    <svg
      viewBox="0 0 24 24"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={done === null ? undefined : Math.round(done * 100)}
      className={done === null ? 'size-6 animate-spin' : 'size-6 -rotate-90'}
    >
      <circle cx="12" cy="12" r={radius} fill="none" strokeWidth="3" className="stroke-line" />
      <circle
        cx="12"
        cy="12"
        r={radius}
        fill="none"
        strokeWidth="3"
        strokeLinecap="round"
        strokeDasharray={length}
        strokeDashoffset={length * (1 - (done ?? 0.25))}
        className="stroke-accent transition-[stroke-dashoffset] duration-150"
      />
    </svg>
  )
}
