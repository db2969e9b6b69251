'use client'
export { PageError as default } from '@parley/ui/pages/page-error'
