'use client'
import { Monitor, Moon, Sun } from 'lucide-react'
import { ToggleGroup } from 'radix-ui'
import { useState } from 'react'
import { useHydrated } from './hydrated.ts'
import { applyTheme, currentTheme } from './theme-switch.ts'
import { useUiText } from './ui-text.ts'

/** Light, dark, or as the system. Takes effect at once and is kept on this device. */
export function ThemeToggle() {
  const text = useUiText()
  const hydrated = useHydrated()
  const [, redraw] = useState(0)
  const choices = [
    { value: 'light', label: text.themeLight, icon: Sun },
    { value: 'dark', label: text.themeDark, icon: Moon },
    { value: 'system', label: text.themeSystem, icon: Monitor },
  ] as const
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={text.theme}
      value={hydrated ? currentTheme() : ''}
      onValueChange={(value) => {
        const chosen = choices.find((choice) => choice.value === value)
        if (!chosen) return
        applyTheme(chosen.value)
        redraw((count) => count + 1)
      }}
      className="inline-flex gap-0.5 rounded-lg bg-surface-2 p-0.5"
    >
      {choices.map((choice) => (
        <ToggleGroup.Item
          key={choice.value}
          value={choice.value}
          aria-label={choice.label}
          title={choice.label}
          className="grid size-7 place-items-center rounded-sm text-muted hover:text-strong data-[state=on]:bg-surface-0 data-[state=on]:text-strong data-[state=on]:ring-1 data-[state=on]:ring-line pointer-coarse:size-9"
        >
          <choice.icon aria-hidden="true" className="size-4" />
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
