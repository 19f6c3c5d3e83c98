import { startView } from '../shared/start-view.ts';
import { drawReport } from './draw.ts';
import { reportSchema } from './report.ts';
import './report.css';

void startView({ tool: 'report', schema: reportSchema, draw: drawReport });
