/** Risk tiers, from the least to the most worrying. schedule.md section 1. */
export const RISK_TIERS = ['standard', 'elevated', 'high'] as const;
export type RiskTier = (typeof RISK_TIERS)[number];
