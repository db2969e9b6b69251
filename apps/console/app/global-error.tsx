'use client'
import './globals.css'

export { GlobalError as default } from '@parley/ui/pages/global-error'
