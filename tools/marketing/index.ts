import type { ToolDefinition } from '../../src/tool/index.ts';
import getCampaign from './get-campaign.ts';
import saveCampaign from './save-campaign.ts';
import saveMarketingGroup from './save-marketing-group.ts';
import searchCampaigns from './search-campaigns.ts';
import searchMarketingGroups from './search-marketing-groups.ts';

/** Campaigns with their audiences and results, marketing groups. */
export const marketing: readonly ToolDefinition[] = [
  searchCampaigns,
  getCampaign,
  saveCampaign,
  searchMarketingGroups,
  saveMarketingGroup,
];
