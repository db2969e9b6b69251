import type { ReactNode } from 'react'

/** A page's name, one sentence on what it decides, and on the right who changed it last or what can be begun. */
export function PageHeader({
  title,
  children,
  end,
  above,
}: {
  title: ReactNode
  /** One sentence. */
  children?: ReactNode
  end?: ReactNode
  /** The way back, on a page below another. */
  above?: ReactNode
}) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-80">
        {above && <div className="mb-1 text-muted text-sm">{above}</div>}
        <h1 className="font-semibold text-xl wrap-anywhere">{title}</h1>
        {children && <p className="mt-0.5 max-w-prose text-muted">{children}</p>}
      </div>
      {end && <div className="flex flex-wrap items-center gap-2 text-muted text-sm">{end}</div>}
    </header>
  )
}
