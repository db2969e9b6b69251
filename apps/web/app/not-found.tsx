export { NotFound as default } from '@parley/ui/pages/not-found'
