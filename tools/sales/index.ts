import type { ToolDefinition } from '../../src/tool/index.ts';
import addForecastLine from './add-forecast-line.ts';
import convertOpportunity from './convert-opportunity.ts';
import createOpportunity from './create-opportunity.ts';
import getOpportunity from './get-opportunity.ts';
import saveActivity from './save-activity.ts';
import searchActivities from './search-activities.ts';
import searchOpportunities from './search-opportunities.ts';
import searchOrders from './search-orders.ts';
import updateOpportunity from './update-opportunity.ts';

/** Opportunities with their forecast and conversions, activities, orders. */
export const sales: readonly ToolDefinition[] = [
  searchOpportunities,
  getOpportunity,
  createOpportunity,
  updateOpportunity,
  addForecastLine,
  convertOpportunity,
  searchActivities,
  saveActivity,
  searchOrders,
];
