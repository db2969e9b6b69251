'use client'
import { Tabs as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
import { classes } from './classes.ts'

export type Tab<Value extends string> = { value: Value; label: string; count?: ReactNode; content: ReactNode }

export type TabsProps<Value extends string> = {
  value: Value
  onValueChange: (value: Value) => void
  tabs: ReadonlyArray<Tab<Value>>
  label: string
  className?: string
}

/** Views of one thing. Only the chosen one is mounted. */
export function Tabs<Value extends string>({
  value,
  onValueChange,
  tabs,
  label,
  className,
}: TabsProps<Value>) {
  return (
    <Primitive.Root
      value={value}
      onValueChange={(next) => onValueChange(next as Value)}
      className={classes('flex min-h-0 flex-col', className)}
    >
      <Primitive.List
        aria-label={label}
        className="flex shrink-0 gap-5 overflow-x-auto border-b [scrollbar-width:none]"
      >
        {tabs.map((tab) => (
          <Primitive.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px flex h-9 items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 font-medium text-muted transition-colors -outline-offset-2 hover:text-strong data-[state=active]:border-accent data-[state=active]:text-strong pointer-coarse:h-11"
          >
            {tab.label}
            {tab.count !== undefined && <span className="font-normal text-muted">{tab.count}</span>}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map((tab) => (
        <Primitive.Content key={tab.value} value={tab.value} className="min-h-0 flex-1 pt-4">
          {tab.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  )
}
