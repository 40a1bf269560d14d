import { render } from 'preact';
import { App } from './app.js';
import './styles/theme.css';
import './styles/page.css';
import './styles/page-header.css';
import './styles/view-bar.css';
import './styles/rows.css';
import './styles/notices.css';
import './styles/sending.css';
import './styles/filter-bar.css';
import './styles/card.css';
import './styles/score-bar.css';
import './styles/card-notice.css';
import './styles/audit.css';

const root = document.getElementById('app');
if (root) render(<App />, root);
