'use client'
import { IconButton } from '@parley/ui'
import { Paperclip } from 'lucide-react'
import { useRef } from 'react'

/** Lets one choose files from this device. */
export function AttachButton({ onFiles }: { onFiles: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        onChange={({ target }) => {
          onFiles([...(target.files ?? [])])
          // The same file may be chosen again after it was removed.
          target.value = ''
        }}
      />
      <IconButton label="Attach files" icon={Paperclip} size="small" onClick={() => input.current?.click()} />
    </>
  )
}
