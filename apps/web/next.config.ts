import { nextDefaults } from '@parley/ui/shell/next-defaults'
import type { NextConfig } from 'next'

export default nextDefaults satisfies NextConfig
