'use client'
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react'

/** What lies over the page and goes again: an element in one of them is no place to come back to once it has gone. */
const LAYERS = '[role="dialog"], [role="menu"], [role="listbox"], [data-radix-focus-guard]'
/** Where the focus is at home: the composer. */
const HOME = '[data-focus-home]'

/** What had the focus last that is in no layer; then what it stands in, if that takes the focus. */
let outside: HTMLElement[] = []
const note = (target: EventTarget | null) => {
  if (target instanceof HTMLElement && !target.closest(LAYERS)) outside = withRow(target)
}
const noteGone = (event: FocusEvent) => note(event.relatedTarget)
const noteCome = (event: FocusEvent) => note(event.target)

/** From here on it is known what has the focus. Once a page. */
export function useFocusWatch(): void {
  useEffect(() => {
    // of a menu that closes behind a dialog only this is heard: the dialog takes the focus back from the menu's button
    document.addEventListener('focusout', noteGone)
    document.addEventListener('focusin', noteCome)
    return () => {
      document.removeEventListener('focusout', noteGone)
      document.removeEventListener('focusin', noteCome)
    }
  }, [])
}

/**
 * For a layer that is there from its first render on: what gives the focus back once the layer is gone. To what had it
 * when the layer came; from a menu or a palette, which have gone, to what opened these; else home. Nothing is taken from
 * where the focus has been put meanwhile.
 */
export const useFocusReturn = (): (() => void) => useState(fromHere)[0]

function fromHere(): () => void {
  // a page that is made on the server has no focus yet
  const opener = withRow(globalThis.document?.activeElement ?? null)
  const before = outside
  return () => {
    if (document.activeElement && document.activeElement !== document.body) return
    // a screen's keyboard would come with it
    const home = window.matchMedia('(pointer: fine)').matches ? document.querySelector(HOME) : null
    const places = [...opener, ...outside, ...before, home]
    places
      .filter((place) => place instanceof HTMLElement)
      .find(isReachable)
      ?.focus()
  }
}

/** The same for what is no layer, but beside the page or in it: when it goes with the focus in it. */
export function useFocusReturnFrom(area: RefObject<HTMLElement | null>): void {
  const giveBack = useFocusReturn()
  useLayoutEffect(
    () => () => {
      if (area.current?.contains(document.activeElement)) setTimeout(giveBack)
    },
    [area, giveBack],
  )
}

/** The tools of a row come and go with the pointer: the row stays. */
function withRow(element: Element | null): HTMLElement[] {
  const row = element?.parentElement?.closest('[tabindex="0"]')
  return [element, row].filter((one) => one instanceof HTMLElement)
}

const isReachable = (element: HTMLElement): boolean =>
  element !== document.body &&
  element.isConnected &&
  !element.matches(':disabled') &&
  element.getClientRects().length > 0
