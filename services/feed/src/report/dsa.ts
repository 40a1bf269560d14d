import type { Category } from '@siaga/contracts';

/**
 * What a platform's own statement of reasons (Regulation (EU) 2022/2065, article 17) would say of a category, in the words of
 * the schema that the DSA Transparency Database has had since July 2025.
 */
export const DSA_CATEGORIES: Readonly<Record<Category, { readonly category: string; readonly keyword: string }>> = {
  hoax: {
    category: 'STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS',
    keyword: 'KEYWORD_MISINFORMATION_DISINFORMATION',
  },
  hate: { category: 'STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH', keyword: 'KEYWORD_HATE_SPEECH' },
  bullying: { category: 'STATEMENT_CATEGORY_CYBER_VIOLENCE', keyword: 'KEYWORD_CYBER_BULLYING_INTIMIDATION' },
};
