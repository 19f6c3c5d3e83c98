import { startView } from '../shared/start-view.ts';
import { drawSheet } from './draw.ts';
import { sheetSchema } from './sheet.ts';
import './timesheet.css';

void startView({ tool: 'get_timesheet', schema: sheetSchema, draw: drawSheet });
