'use client'
import { memo } from 'react'
import { Blocks } from './blocks.tsx'
import { parseMarkdown } from './parse.ts'

/** A message's text. Built from tokens into elements, never from a string of HTML. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <div
      dir="auto"
      className="flex max-w-prose flex-col gap-1.5 wrap-anywhere leading-[1.375rem] text-normal"
    >
      <Blocks tokens={parseMarkdown(text)} />
    </div>
  )
})
