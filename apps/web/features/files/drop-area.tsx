'use client'
import { Upload } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'

const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

/** Takes files that are dropped anywhere on the pane around the composer, and says so while they hang over it. */
export function DropArea({
  within,
  onFiles,
}: {
  within: RefObject<HTMLElement | null>
  onFiles: (files: File[]) => void
}) {
  const [over, setOver] = useState<HTMLElement | null>(null)
  useEffect(() => {
    const pane = within.current?.closest<HTMLElement>('main, aside, [role="dialog"]')
    if (!pane) return
    // Entering a child leaves its parent: only when all are left, the pane is.
    let inside = 0
    const entered = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      inside++
      setOver(pane)
    }
    const left = (event: DragEvent) => {
      if (carriesFiles(event) && --inside <= 0) setOver(null)
    }
    // Without this the browser would open the file in place of the page.
    const hangs = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault()
    }
    const dropped = (event: DragEvent) => {
      if (!carriesFiles(event)) return
      event.preventDefault()
      inside = 0
      setOver(null)
      onFiles([...(event.dataTransfer?.files ?? [])])
    }
    const listening = new AbortController()
    const { signal } = listening
    pane.addEventListener('dragenter', entered, { signal })
    pane.addEventListener('dragleave', left, { signal })
    pane.addEventListener('dragover', hangs, { signal })
    pane.addEventListener('drop', dropped, { signal })
    return () => listening.abort()
  }, [within, onFiles])
  if (!over) return null
  const { left, top, width, height } = over.getBoundingClientRect()
  return createPortal(
    <div
      style={{ left, top, width, height }}
      className="pointer-events-none fixed z-30 grid place-items-center bg-scrim p-4"
    >
      <p className="flex items-center gap-2 rounded-lg border-2 border-accent border-dashed bg-float px-6 py-4 font-medium text-strong shadow-float">
        <Upload aria-hidden="true" className="size-5 text-accent-text" /> Drop to attach
      </p>
    </div>,
    document.body,
  )
}
