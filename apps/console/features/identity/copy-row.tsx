'use client'
import { IconButton, toast } from '@parley/ui'
import { Copy } from 'lucide-react'
import { copyText } from '../list/copy-text.ts'

/** An address that must be carried elsewhere, letter by letter. */
export function CopyRow({ label, value }: { label: string; value: string }) {
  const copy = async () => {
    if (await copyText(value)) toast({ title: `${label} is on the clipboard` })
    else toast({ tone: 'danger', title: 'The browser does not let us copy: select the text instead' })
  }
  return (
    <div className="flex flex-col gap-1">
      <span className="text-muted text-sm">{label}</span>
      <div className="flex items-center gap-1 rounded-sm bg-surface-2 ps-2.5">
        <code className="min-w-0 flex-1 select-all py-1.5 text-sm wrap-anywhere">{value}</code>
        <IconButton icon={Copy} label={`Copy ${label}`} onClick={copy} />
      </div>
    </div>
  )
}
