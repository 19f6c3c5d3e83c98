import { startView } from '../shared/start-view.ts';
import { drawTickets } from './draw.ts';
import { listSchema } from './list.ts';
import '../ticket/ticket.css';
import './tickets.css';

void startView({ tool: 'search_tickets', schema: listSchema, draw: drawTickets });
