import { render } from 'preact';
import { App } from './app.js';
import './styles/theme.css';
import './styles/page.css';
import './styles/card.css';

const root = document.getElementById('app');
if (root) render(<App />, root);
