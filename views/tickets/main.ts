import { startView } from '../shared/start-view.ts';
import { tableSchema } from '../shared/table.ts';
import { drawTickets } from './draw.ts';
import '../ticket/ticket.css';
import './tickets.css';

void startView({ tool: 'search_tickets', schema: tableSchema, draw: drawTickets });
