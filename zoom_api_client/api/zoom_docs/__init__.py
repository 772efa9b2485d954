"""Operations that canvas has now."""
