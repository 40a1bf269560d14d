import { render } from 'preact';
import { Root } from './root.js';
import { signInByLink } from './session.js';
import './styles/theme.css';
import './styles/page.css';
import './styles/page-header.css';
import './styles/view-bar.css';
import './styles/sending.css';
import './styles/filter-bar.css';
import './styles/queue.css';
import './styles/decisions.css';
import './styles/card.css';
import './styles/score-bar.css';
import './styles/card-notice.css';
import './styles/audit.css';
import './styles/account.css';

const root = document.getElementById('app');
if (root) {
  const refused = await signInByLink();
  render(<Root refused={refused} />, root);
}
