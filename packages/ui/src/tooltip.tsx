'use client'
import {
  cloneElement,
  type FocusEvent,
  type HTMLAttributes,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useRef,
} from 'react'
import { askForTip, dropTip, leaveTip, type Side } from './tooltip-store.ts'

export type TooltipProps = {
  content: ReactNode
  shortcut?: string | undefined
  side?: Side
  /** One focusable or hoverable element. */
  children: ReactElement<HTMLAttributes<Element>>
}

/**
 * Adds to a name that is already there; never the only place for something that must be known. The element gets
 * listeners and nothing else: the one layer that shows tips is made by UiProvider, so that a thousand of these are light.
 */
export function Tooltip({ content, shortcut, side = 'top', children }: TooltipProps) {
  const anchor = useRef<Element>(null)
  useEffect(() => () => void (anchor.current && dropTip(anchor.current)), [])
  const own = children.props
  const ask = (element: Element, when: 'soon' | 'at once') => {
    anchor.current = element
    askForTip({ anchor: element, content, shortcut, side }, when)
  }
  return cloneElement(children, {
    onPointerEnter(event: PointerEvent) {
      own.onPointerEnter?.(event)
      if (event.pointerType !== 'touch') ask(event.currentTarget, 'soon')
    },
    onPointerLeave(event: PointerEvent) {
      own.onPointerLeave?.(event)
      leaveTip()
    },
    onPointerDown(event: PointerEvent) {
      own.onPointerDown?.(event)
      dropTip()
    },
    onFocus(event: FocusEvent) {
      own.onFocus?.(event)
      if (event.currentTarget.matches(':focus-visible')) ask(event.currentTarget, 'at once')
    },
    onBlur(event: FocusEvent) {
      own.onBlur?.(event)
      dropTip(event.currentTarget)
    },
  })
}
