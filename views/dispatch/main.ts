import { startView } from '../shared/start-view.ts';
import { tableSchema } from '../shared/table.ts';
import { drawDispatch } from './draw.ts';
import './dispatch.css';

void startView({ tool: 'search_schedule', schema: tableSchema, draw: drawDispatch });
