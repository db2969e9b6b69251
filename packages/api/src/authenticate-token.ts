/** Who a bearer token is (RFC 6750 §2.1). */
export { authenticateToken } from '@parley/domain/integrations/authenticate-token'
