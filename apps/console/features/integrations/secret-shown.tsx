'use client'
import { Button, toast } from '@parley/ui'
import { Check, Copy, KeyRound } from 'lucide-react'
import { useState } from 'react'
import { copyText } from '../list/copy-text.ts'

/** A secret on the one occasion that it can be seen. */
export function SecretShown({
  label,
  secret,
  says,
  example,
}: {
  label: string
  secret: string
  /** Who must have it, and what to do when it is lost. */
  says: string
  /** A command that tries it. */
  example: string
}) {
  return (
    <div className="flex flex-col gap-4">
      <p className="flex items-start gap-2.5 rounded-sm bg-warning-soft px-3 py-2 text-warning-text">
        <KeyRound aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
        <span>{says}</span>
      </p>
      <Copyable label={label} text={secret} />
      <Copyable label="Try it in a shell" text={example} />
    </div>
  )
}

function Copyable({ label, text }: { label: string; text: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    if (await copyText(text)) setCopied(true)
    else toast({ title: 'Select the text and copy it by hand' })
  }
  return (
    <section aria-label={label} className="flex flex-col gap-1.5">
      <div className="flex items-center justify-between gap-2">
        <h3 className="font-medium text-sm text-strong">{label}</h3>
        <Button size="small" variant="quiet" icon={copied ? Check : Copy} onClick={() => void copy()}>
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </div>
      <pre className="select-all whitespace-pre-wrap rounded-sm border bg-surface-1 p-3 font-mono text-sm text-strong wrap-anywhere">
        {text}
      </pre>
    </section>
  )
}
