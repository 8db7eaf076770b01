export const routingParts = ['hop', 'bodies', 'path', 'relaying', 'balance', 'abuse'] as const
export type RoutingPart = (typeof routingParts)[number]
