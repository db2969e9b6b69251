'use client'
import { classes } from './classes.ts'
import { useHydrated } from './hydrated.ts'

const apple = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '⏎', Escape: 'esc' } as Record<string, string>
const other = { Mod: 'Ctrl', Enter: '⏎', Escape: 'Esc' } as Record<string, string>

const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform)

/** A shortcut such as "Mod+Shift+K"; Mod is ⌘ on Apple keyboards and Ctrl elsewhere. */
export function Kbd({ keys, className }: { keys: string; className?: string }) {
  const names = useHydrated() && isApple() ? apple : other
  return (
    <kbd className={classes('inline-flex gap-0.5 font-sans text-xs pointer-coarse:hidden', className)}>
      {keys.split('+').map((key) => (
        <span
          key={key}
          className="inline-grid h-4.5 min-w-4.5 place-items-center rounded-[4px] border border-current/25 px-1 font-medium leading-none"
        >
          {names[key] ?? key}
        </span>
      ))}
    </kbd>
  )
}
