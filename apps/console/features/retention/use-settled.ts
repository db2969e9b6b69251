'use client'
import { useEffect, useState } from 'react'

/** The value as it was when it last stood still for so many milliseconds: a preview is not asked for at each key. */
export function useSettled<Value>(value: Value, milliseconds = 300): Value {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}
