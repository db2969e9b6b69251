'use client'
import { IconButton, toast } from '@parley/ui'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Highlighted } from './highlight.ts'

/** Code as it was written; its colours come when the highlighter has been fetched. */
export function CodeBlock({ code, language }: { code: string; language: string }) {
  const [coloured, setColoured] = useState<Highlighted[]>()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    let left = false
    void import('./highlight.ts').then(({ highlight }) => {
      if (!left) setColoured(highlight(code, language))
    })
    return () => {
      left = true
    }
  }, [code, language])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(code)
      setCopied(true)
      setTimeout(() => setCopied(false), 1_500)
    } catch {
      toast({ tone: 'danger', title: 'The browser did not allow copying. Select the code and copy it.' })
    }
  }
  return (
    <div className="group/code relative my-0.5 max-w-full">
      <pre
        dir="ltr"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: wide code must be reachable to be scrolled
        tabIndex={0}
        className="overflow-x-auto rounded-sm border bg-surface-1 px-3 py-2 font-mono text-sm leading-5 text-normal [tab-size:2]"
      >
        <code>
          {coloured
            ? coloured.map((part, index) => (
                <span key={index} className={part.style}>
                  {part.text}
                </span>
              ))
            : code}
        </code>
      </pre>
      <IconButton
        label={copied ? 'Copied' : 'Copy code'}
        icon={copied ? Check : Copy}
        size="small"
        variant="outlined"
        onClick={copy}
        className="absolute end-1 top-1 opacity-0 focus-visible:opacity-100 group-hover/code:opacity-100"
      />
    </div>
  )
}
