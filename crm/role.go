package crm

// CanWrite says whether the role may change records.
func (r Role) CanWrite() bool {
	return r == RoleOwner || r == RoleManager || r == RoleSeller
}

// CanManage says whether the role may invite users and take back what others did.
func (r Role) CanManage() bool {
	return r == RoleOwner || r == RoleManager
}

// CanOwn says whether the role decides on the account: passwords of others,
// who may sign in, the contract.
func (r Role) CanOwn() bool { return r == RoleOwner }

// CanBeGiven says whether a user may be invited with this role. The owner is
// the person the contract is with (contract 2.6); nobody else becomes one by
// invitation.
func (r Role) CanBeGiven() bool {
	return r == RoleManager || r == RoleSeller || r == RoleReadOnly
}
